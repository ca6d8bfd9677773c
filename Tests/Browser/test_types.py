"""The console's types, as its comments declare them."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.mark.skipif(shutil.which("tsc") is None, reason="tsc (Debian: node-typescript) is not installed")
def test_types():
    result = subprocess.run(["tsc", "-p", "tsconfig.json"], cwd=HERE, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr

"""The console's pure modules, and its types, by the tools that are there."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def run(*command: str):
    result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_pure_modules():
    run("node", "--test", "unit")


@pytest.mark.skipif(shutil.which("tsc") is None, reason="tsc (Debian: node-typescript) is not installed")
def test_types():
    run("tsc", "-p", "tsconfig.json")

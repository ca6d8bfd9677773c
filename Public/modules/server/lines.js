// Reading a streamed answer piece by piece.

/**
 * The text of an answer's body as it arrives.
 * @param {Response} response
 * @returns {AsyncGenerator<string>}
 */
export async function* pieces(response) {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * The values of a body of newline-delimited JSON as they arrive.
 * @param {Response} response
 * @returns {AsyncGenerator<any>}
 */
export async function* values(response) {
  let rest = "";
  for await (const piece of pieces(response)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) yield JSON.parse(line);
  }
  if (rest.trim()) yield JSON.parse(rest);
}

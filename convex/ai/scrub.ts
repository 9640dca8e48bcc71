/**
 * Makes text that others wrote safe to stand inside a prompt: no token that a chat template reads as a change of
 * speaker, no copy of the nonce, and none of the characters that carry text no person sees. What a reader can see is
 * left as it is.
 */
export function scrub(text: string, nonce: string): string {
  let clean = withoutInvisible(text.toWellFormed())
  // Taking a token out can join the halves of another, so until nothing changes; each pass shortens the text.
  for (;;) {
    const next = clean.replaceAll(roleTokens, '').replaceAll(nonce, '')
    if (next === clean) return clean
    clean = next
  }
}

/** Llama, Mistral, ChatML, Gemma, Phi, DeepSeek and Cohere templates. */
const roleTokens =
  /<[|｜][^<>|｜\n]{1,60}[|｜]>|<\/?(?:start|end)_of_turn>|\[\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS)\]|<<\/?SYS>>|<\/?s>|<(?:bos|eos|unk|pad)>/gi

/**
 * Zero-width spaces, bidi controls, invisible operators, supplementary variation selectors, and tag characters that
 * are not part of a flag. Joiners stay: emoji, Persian and the Indic scripts need them.
 */
function withoutInvisible(text: string): string {
  return text
    .replaceAll(/(\u{1f3f4}[\u{e0020}-\u{e007e}]{1,6}\u{e007f})|[\u{e0000}-\u{e007f}]/gu, '$1')
    .replaceAll(/[\u200b\u2060-\u2064\u206a-\u206f\ufeff\u202a-\u202e\u2066-\u2069]|[\u{e0100}-\u{e01ef}]/gu, '')
    .replaceAll(/[\ufe00-\ufe0f]{2,}/g, '')
}

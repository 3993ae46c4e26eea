/** The content policy of every page, and the headers that go with it. */
import { createHash } from 'node:crypto'

/** The one inline style that React Aria puts in (its press handling), allowed by its hash. */
const REACT_ARIA_STYLE = `
@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}
`

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text.trim()).digest('base64')}'`

const POLICY = [
  `default-src 'none'`,
  // pdf.js and the code reader compile WebAssembly; text is never made into script.
  `script-src 'self' 'wasm-unsafe-eval'`,
  `style-src 'self' ${hashOf(REACT_ARIA_STYLE)}`,
  `img-src 'self' blob:`,
  `font-src 'self'`,
  `media-src 'self'`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `manifest-src 'none'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ')

/**
 * No Cross-Origin-Opener-Policy: nothing can open a page of ours and our pages can open nothing (navigation.ts), so there is
 * no opener to be cut off from; and with it the engine throws the window's first process away and starts another for it.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

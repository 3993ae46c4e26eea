/** Reads what Chromium says about the way to an address. */
const SCHEMES: Readonly<Record<string, string>> = { PROXY: 'http', HTTPS: 'https' }

/** @param said such as `PROXY proxy.lib.example:3128; DIRECT` */
export function firstProxy(said: string): string | null {
  for (const one of said.split(';')) {
    const [kind = '', address] = one.trim().split(/\s+/)
    if (kind === 'DIRECT') return null
    const scheme = SCHEMES[kind]
    if (scheme && address) return `${scheme}://${address}`
  }
  return null
}

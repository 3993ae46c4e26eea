/** The proxy that the operating system's settings name for an address, PAC scripts included. */
import { session } from 'electron'
import { firstProxy } from './first-proxy.ts'

/** @returns `http://host:port`, or null when the address is reached directly (or only by a kind of proxy we do not speak) */
export async function systemProxy(url: string): Promise<string | null> {
  return firstProxy(await session.defaultSession.resolveProxy(url))
}

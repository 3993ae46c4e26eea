/** Connects the page and asks for what it shows first, before the rest of its script is run: core answers meanwhile. */
import type { DeskBridge } from '../electron/contract/bridge.ts'
import { askFirst } from './app/first.ts'
import { connectBridge } from './host.ts'

connectBridge((window as unknown as { desk: DeskBridge }).desk)
void askFirst()

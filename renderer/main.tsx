import '../electron/contract/strict-policy.ts'
import type { DeskBridge } from '../electron/contract/bridge.ts'
import { start } from './app/start.tsx'
import { connectBridge } from './host.ts'

connectBridge((window as unknown as { desk: DeskBridge }).desk)
void start(document.getElementById('root')!)

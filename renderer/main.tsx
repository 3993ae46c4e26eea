// The order counts.
import '../electron/contract/strict-policy.ts'
import './connect.ts'
import { start } from './app/start.tsx'

void start(document.getElementById('root')!)

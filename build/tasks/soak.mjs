/** `npm run test:soak`: 50,000 histories of the sync and 200 kills, each from a seed of its own unless one is given. */
import { runTool } from './support/tool.mjs'

process.env.BALIS_DESK_HISTORIES ??= '50000'
process.env.BALIS_DESK_KILLS ??= '200'
process.env.BALIS_DESK_SEED ??= String(Date.now() % 2 ** 31)
console.log(`seed ${process.env.BALIS_DESK_SEED}`)
process.exit(await runTool('vitest', ['run', '--config', 'build/vitest.config.ts', 'tests/sync-model', 'tests/faults']))

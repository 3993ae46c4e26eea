/** `npm run unit [-- path…]`: the tests without a window. */
import { runTool } from './support/tool.mjs'

process.exit(await runTool('vitest', ['run', '--config', 'build/vitest.config.ts', ...process.argv.slice(2)]))

/** `npm run bench -- [area]`: measures the goals into out/bench.json. */
import { compile } from '../compile/index.mjs'
import { runNode } from './support/tool.mjs'

await compile()
process.env.BALIS_DESK_COMPILED = '1'
process.exit(await runNode(['--expose-gc', 'tests/bench/index.ts', ...process.argv.slice(2)]))

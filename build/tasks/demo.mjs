/** `npm run demo`: both jobs unattended in the real window; leaves its evidence in out/demo. */
import { compile } from '../compile/index.mjs'
import { runNode } from './support/tool.mjs'

await compile()
process.env.BALIS_DESK_COMPILED = '1'
process.exit(await runNode(['tests/demo/index.ts', ...process.argv.slice(2)]))

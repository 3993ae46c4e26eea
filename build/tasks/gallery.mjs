/** `npm run gallery [-- --state normal --screen queue …]`: pictures of every screen into out/gallery. */
import { compile } from '../compile/index.mjs'
import { runNode } from './support/tool.mjs'

await compile()
process.env.BALIS_DESK_COMPILED = '1'
process.exit(await runNode(['tests/gallery/index.ts', ...process.argv.slice(2)]))

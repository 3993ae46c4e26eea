/** `npm run conformance -- --url URL`: the named checks that any central service can be held against. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'

const suite = join(root, 'electron', 'centre', 'conformance', 'run.ts')
const child = spawn(process.execPath, [suite, ...process.argv.slice(2)], { stdio: 'inherit' })
child.on('exit', (code) => process.exit(code ?? 1))

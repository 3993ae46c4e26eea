/** `npm run build`: compiles the app into out/app. */
import { compile } from '../compile/index.mjs'

await compile({ release: process.argv.includes('--release') })

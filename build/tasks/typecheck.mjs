/** `npm run typecheck` */
import { typecheck } from './support/checks.mjs'

process.exit(await typecheck())

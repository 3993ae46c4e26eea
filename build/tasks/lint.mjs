/** `npm run lint`: rules and format. */
import { checkFormat, lint } from './support/checks.mjs'

const codes = [await lint(), await checkFormat()]
process.exit(Math.max(...codes))

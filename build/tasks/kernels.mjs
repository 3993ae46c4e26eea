/** `npm run kernels`: compiles the loops over pixels and weights (assembly/ in electron/core/documents) into assets/kernels. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup/places.mjs'
import { compileKernels, KERNELS } from './support/kernels.mjs'

for (const name of Object.keys(KERNELS))
  writeFileSync(join(root, 'assets', 'kernels', name), await compileKernels(name))

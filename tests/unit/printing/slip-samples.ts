export { SAMPLES } from '../../../electron/core/printing/samples.ts'

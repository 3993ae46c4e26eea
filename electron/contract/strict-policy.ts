/**
 * Imported first in every page: the content policy forbids making functions from text, which zod would otherwise try
 * when the first schema is built.
 */
import { config } from 'zod'

config({ jitless: true })

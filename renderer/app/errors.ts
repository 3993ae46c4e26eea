/** The words for an error code: what to do, with what the error names filled in. */
import type { TFunction } from 'i18next'
import type { ErrorCode, ErrorParams } from '../../electron/contract/errors.ts'

export function errorText(t: TFunction, code: ErrorCode, params: ErrorParams): string {
  const known = { ...params }
  // A refusal's reason is a code of its own; its words stand in the same file.
  const reason =
    typeof params['reason'] === 'string' ? params['reason'] : typeof params['code'] === 'string' ? params['code'] : ''
  if (code === 'action_refused' || code === 'centre_refused')
    known['why'] = reason ? t(`reject.${reason}`, { defaultValue: '' }) : ''
  if (code === 'update_failed') known['why'] = t(`update.why.${String(params['why'])}`, { defaultValue: '' })
  const text = t(`error.${code}`, known).trim()
  // One bad file among many: say which.
  return typeof params['file'] === 'string' ? t('error.ofFile', { file: params['file'], text }) : text
}

import { useRef, useState } from 'react'
import type { JobView } from '../../../electron/contract/core.contract.ts'

export interface LockedFile {
  /** Good for one more import. */
  readonly id: string
  readonly name: string
  readonly wrong: boolean
}

/** Which of the files given last wants a password, until it is answered or dismissed. */
export function useLockedFile(failed: JobView | null) {
  const given = useRef<{ readonly jobId: string; readonly ids: readonly string[] } | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const { code, params } = failed?.error ?? {}
  const id = given.current?.ids[Number(params?.index)]
  const asks = code === 'encrypted_pdf' || code === 'pdf_password_wrong'
  const locked: LockedFile | null =
    failed && asks && id !== undefined && given.current?.jobId === failed.id && answered !== failed.id
      ? { id, name: String(params?.file ?? ''), wrong: code === 'pdf_password_wrong' }
      : null
  return {
    locked,
    remember: (jobId: string, ids: readonly string[]) => (given.current = { jobId, ids }),
    dismiss: () => setAnswered(failed?.id ?? null),
  }
}

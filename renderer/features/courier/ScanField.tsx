import { useCallback, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asDeskError } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { useScan } from '../../app/scan.ts'
import { play, type Sound } from '../../app/sound.ts'
import { ScanBanner, type ScanResult } from '../../ui/ScanBanner.tsx'

/** What a scan came to: shown large, and heard. */
export interface Said extends ScanResult {
  sound: Sound
}

/**
 * Takes codes one after the other, however fast they come: each is answered before the next is looked at, and its
 * answer stands large with its sound. An error says what to do and that nothing was booked.
 */
export function ScanField({
  title,
  hint,
  figure,
  take,
  failed,
}: {
  title: string
  hint: string
  figure?: ReactNode
  take: (code: string) => Promise<Said | null>
  /** Second line under an error: the code, and what did not happen. */
  failed: (code: string) => string
}) {
  const { t } = useTranslation()
  const [result, setResult] = useState<ScanResult | null>(null)
  const line = useRef<Promise<void>>(Promise.resolve())
  const latest = useRef({ take, failed })
  latest.current = { take, failed }
  const give = useCallback(
    (code: string) => {
      line.current = line.current.then(async () => {
        try {
          const said = await latest.current.take(code)
          if (!said) return
          play(said.sound)
          setResult(said)
        } catch (failure) {
          play('wrong')
          const known = asDeskError(failure)
          const shown = errorText(t, known.code, { code, ...known.params })
          setResult({ tone: 'bad', title: shown, detail: latest.current.failed(code) })
        }
      })
    },
    [t],
  )
  useScan(give)
  return <ScanBanner title={title} hint={hint} result={result} onCode={give} figure={figure} />
}

/** A number and its unit beside the field. */
export function ScanFigure({ n, unit }: { n: number; unit: string }) {
  return (
    <div className="text-right whitespace-nowrap">
      <b className="text-xl font-semibold">{n}</b> <span className="text-ink-2">{unit}</span>
    </div>
  )
}

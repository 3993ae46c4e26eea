import { useCallback, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../electron/contract/errors.ts'
import { asDeskError } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { HelpButton } from '../../app/HelpButton.tsx'
import { useScan } from '../../app/scan.ts'
import { play, type Sound } from '../../app/sound.ts'
import { ScanBanner, type ScanResult } from '../../ui/ScanBanner.tsx'

/** What a scan came to: shown large, and heard. */
export interface Said extends ScanResult {
  sound: Sound
}

/**
 * Takes codes one after the other, however fast they come: each is answered, and what it changed is on the screen,
 * before the next is looked at. An error says what to do and that nothing was booked.
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
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const line = useRef<Promise<void>>(Promise.resolve())
  const drawn = useRef<(() => void) | null>(null)
  const latest = useRef({ take, failed })
  latest.current = { take, failed }
  // What a code changed elsewhere on the screen is drawn together with its answer; gone screens keep nobody waiting.
  useLayoutEffect(() => {
    const done = () => drawn.current?.()
    done()
    return done
  }, [result])
  const give = useCallback(
    (code: string) => {
      const answer = (said: ScanResult, sound: Sound, error: ErrorCode | null = null) => {
        play(sound)
        setFailure(error)
        return new Promise<void>((done) => {
          drawn.current = done
          setResult({ tone: said.tone, title: said.title, detail: said.detail })
        })
      }
      line.current = line.current.then(async () => {
        try {
          const said = await latest.current.take(code)
          if (said) await answer(said, said.sound)
        } catch (error) {
          const known = asDeskError(error)
          const shown = errorText(t, known.code, { code, ...known.params })
          await answer({ tone: 'bad', title: shown, detail: latest.current.failed(code) }, 'wrong', known.code)
        }
      })
    },
    [t],
  )
  useScan(give)
  return (
    <ScanBanner
      title={title}
      hint={hint}
      result={result}
      onCode={give}
      figure={figure}
      action={failure && <HelpButton code={failure} />}
    />
  )
}

/** A number and its unit beside the field. */
export function ScanFigure({ n, unit }: { n: number; unit: string }) {
  return (
    <div className="text-right whitespace-nowrap">
      <b className="text-xl font-semibold" data-scan-figure>
        {n}
      </b>{' '}
      <span className="text-ink-2">{unit}</span>
    </div>
  )
}

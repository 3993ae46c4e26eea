/** The one act of handing a closed manifest over: driver's name and signature, then the fact, wherever it is done. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt, offerUndo } from '../../app/act.ts'
import { useCommand } from '../../app/commands.ts'
import { play } from '../../app/sound.ts'
import { core } from '../../host.ts'
import type { Strokes } from '../../ui/SignaturePad.tsx'

export interface Signing {
  driver: string
  setDriver: (name: string) => void
  strokes: Strokes
  setStrokes: (strokes: Strokes) => void
}

/** @param complete what else must be done first, such as every bag scanned out */
export function useHandOver(manifest: { id: string; number: string }, complete: boolean, onDone?: () => void): Signing {
  const { t } = useTranslation()
  const [driver, setDriver] = useState('')
  const [strokes, setStrokes] = useState<Strokes>([])
  const [busy, setBusy] = useState(false)
  const name = driver.trim()
  const handOver = async () => {
    setBusy(true)
    const acted = await attempt(() =>
      core('courier.handOver', { manifestId: manifest.id, driver: name, signature: { strokes } }),
    )
    setBusy(false)
    if (!acted) return play('wrong')
    play('right')
    offerUndo(() => t('courier.handed', { number: manifest.number, driver: name }), acted)
    onDone?.()
  }
  useCommand('courier.handOver', () => void handOver(), complete && name !== '' && strokes.length > 0 && !busy)
  return { driver, setDriver, strokes, setStrokes }
}

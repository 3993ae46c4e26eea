import { Eraser } from 'lucide-react'
import { useRef, useState, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button.tsx'

/** Strokes of x,y pairs in 0..1 of the box. */
export type Strokes = number[][]
const MOST_POINTS = 2000
const MOST_STROKES = 200

/** A box to sign in with finger, pen or mouse. The picture is only lines; nothing is recognised. */
export function SignaturePad({
  strokes,
  onChange,
  disabled,
}: {
  strokes: Strokes
  onChange: (strokes: Strokes) => void
  disabled?: boolean
}) {
  const { t } = useTranslation()
  const [drawing, setDrawing] = useState<number[] | null>(null)
  const box = useRef<SVGSVGElement>(null)
  const at = (event: PointerEvent): [number, number] => {
    const rect = box.current!.getBoundingClientRect()
    const clamp = (value: number) => Math.min(1, Math.max(0, Number(value.toFixed(4))))
    return [clamp((event.clientX - rect.left) / rect.width), clamp((event.clientY - rect.top) / rect.height)]
  }
  const end = () => {
    if (drawing && drawing.length >= 4 && strokes.length < MOST_STROKES) onChange([...strokes, drawing])
    setDrawing(null)
  }
  const all = drawing ? [...strokes, drawing] : strokes
  return (
    <div className="relative">
      <svg
        ref={box}
        role="img"
        aria-label={t(strokes.length > 0 ? 'sign.signed' : 'sign.box')}
        data-signature
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        onPointerDown={(event) => {
          if (disabled) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrawing(at(event))
        }}
        onPointerMove={(event) => drawing && drawing.length < MOST_POINTS * 2 && setDrawing([...drawing, ...at(event)])}
        onPointerUp={end}
        onPointerCancel={end}
        className="h-[118px] w-full touch-none rounded-lg border border-dashed border-line-2 bg-panel-2"
        style={{ cursor: disabled ? 'default' : 'crosshair' }}
      >
        {all.map((stroke, index) => (
          <polyline
            key={index}
            points={stroke
              .map((value, place) => (place % 2 === 0 ? value : `${value} `))
              .join(',')
              .replaceAll(' ,', ' ')}
            fill="none"
            stroke="var(--ink)"
            strokeWidth={2.2}
            strokeLinecap="round"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      {all.length === 0 && (
        <span className="pointer-events-none absolute inset-0 grid place-items-center text-ink-3">
          {t('sign.here')}
        </span>
      )}
      {strokes.length > 0 && !disabled && (
        <IconButton
          icon={Eraser}
          label={t('sign.clear')}
          onClick={() => onChange([])}
          className="absolute top-1 right-1"
        />
      )}
    </div>
  )
}

import { Image } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../../app/act.ts'
import { toast } from '../../../app/toasts.ts'
import { core } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'

const MOST = { width: 800, height: 400 }
/** Ink that a picture without a background is laid on. */
const WHITE = '#ffffff'

/** Decodes a picture here, in the sandbox, to grey pixels: core never sees the file. @throws when it is no picture */
async function greyOf(file: File): Promise<{ width: number; height: number; grey: string }> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, MOST.width / picture.width, MOST.height / picture.height)
  const [width, height] = [
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  ]
  const canvas = new OffscreenCanvas(width, height)
  const paint = canvas.getContext('2d')!
  paint.fillStyle = WHITE
  paint.fillRect(0, 0, width, height)
  paint.drawImage(picture, 0, 0, width, height)
  const { data } = paint.getImageData(0, 0, width, height)
  let text = ''
  // Rec. 709 luma.
  for (let i = 0; i < data.length; i += 4) {
    text += String.fromCharCode(Math.round(0.2126 * data[i]! + 0.7152 * data[i + 1]! + 0.0722 * data[i + 2]!))
  }
  return { width, height, grey: btoa(text) }
}

/** The library's mark for all slips that show it. */
export function LogoLine({ has }: { has: boolean }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const choose = async (file: File | undefined) => {
    if (!file) return
    const logo = await greyOf(file).catch(() => null)
    if (!logo) return toast({ tone: 'bad', text: () => t('slips.logoBad'), ms: 6000 })
    await attempt(() => core('slip.logo', { logo }))
  }
  return (
    <div className="grid gap-1">
      <span className="lbl">{t('slips.logoTitle')}</span>
      <div className="flex items-center gap-2">
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg"
          className="hidden"
          aria-label={t('slips.logoChoose')}
          onChange={(event) => {
            void choose(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button icon={Image} onClick={() => input.current?.click()}>
          {t('slips.logoChoose')}
        </Button>
        {has && (
          <Button kind="quiet" onClick={() => void attempt(() => core('slip.logo', { logo: null }))}>
            {t('slips.logoRemove')}
          </Button>
        )}
        <span className="text-sm text-ink-3">{t('slips.logoHint')}</span>
      </div>
    </div>
  )
}

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { IconButton } from './Button.tsx'

const WIDTH = { small: 'max-w-[420px]', normal: 'max-w-[560px]', wide: 'max-w-[860px]', full: 'max-w-[1120px]' }

/**
 * What is pressed may come to rest while it is done, and the engine takes the focus from what rests without a word: then
 * neither Esc nor Tab would reach the dialog any more, and keys would go to the work behind it.
 */
function keepsFocus(here: HTMLElement | null) {
  if (!here) return
  let last: EventTarget | null = null
  const remember = (event: FocusEvent) => (last = event.target)
  const watch = new MutationObserver((changes) => {
    const { activeElement: now } = document
    const rests = changes.some(({ target }) => target === last && (target as Element).matches(':disabled'))
    if (rests && (now === last || now === document.body)) here.focus()
  })
  here.addEventListener('focusin', remember)
  watch.observe(here, { subtree: true, attributeFilter: ['disabled'] })
  return () => {
    here.removeEventListener('focusin', remember)
    watch.disconnect()
  }
}

/** A question in front of the work; Esc or the cross leaves everything as it was. Enter in the form submits. */
export function Dialog({
  title,
  open,
  onClose,
  onSubmit,
  children,
  footer,
  width = 'normal',
}: {
  title: string
  open: boolean
  onClose: () => void
  onSubmit?: () => void
  children: ReactNode
  footer?: ReactNode
  width?: keyof typeof WIDTH
}) {
  const { t } = useTranslation()
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable
      className="fixed inset-0 z-40 grid animate-fade place-items-center bg-scrim p-4"
    >
      <Modal className={cx('w-full animate-rise', WIDTH[width])}>
        <AriaDialog className="max-h-[calc(100vh-32px)] rounded-xl bg-panel shadow-float outline-none">
          <form
            ref={keepsFocus}
            tabIndex={-1}
            className="grid max-h-[calc(100vh-32px)] grid-rows-[auto_minmax(0,1fr)_auto] outline-none"
            onSubmit={(event) => {
              event.preventDefault()
              onSubmit?.()
            }}
          >
            <div className="flex h-12 items-center gap-2 border-b border-line pr-2.5 pl-5">
              <Heading slot="title" className="ell min-w-0 flex-1 text-md font-semibold">
                {title}
              </Heading>
              <IconButton icon={X} label={t('ui.close')} onClick={onClose} />
            </div>
            <div className="grid content-start gap-3.5 overflow-auto px-5 py-4">{children}</div>
            {footer && (
              <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
                {footer}
              </div>
            )}
          </form>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components'

/** A side panel laid over the work where there is no room beside it. */
export function Drawer({
  label,
  open,
  onClose,
  children,
}: {
  label: string
  open: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable
      className="fixed inset-0 z-30 animate-fade bg-scrim"
    >
      <Modal className="absolute inset-y-0 right-0 w-[min(420px,100vw)] animate-slide bg-panel shadow-float">
        <AriaDialog aria-label={label} className="grid h-full outline-none">
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LibraryPicker } from '../request/LibraryPicker.tsx'

/** Asks for one member library and does something with it; stays open when that fails. */
export function LibraryDialog({
  title,
  action,
  start = null,
  onChoose,
  onClose,
}: {
  title: string
  action: string
  start?: string | null
  /** @returns true when it was done */
  onChoose: (library: string) => Promise<boolean>
  onClose: () => void
}) {
  const [library, setLibrary] = useState<string | null>(start)
  const submit = async () => {
    if (library && (await onChoose(library))) onClose()
  }
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      onSubmit={() => void submit()}
      width="small"
      footer={
        <Button kind="primary" size="big" type="submit" disabled={!library}>
          {action}
        </Button>
      }
    >
      <LibraryPicker value={library} onChange={setLibrary} required />
    </Dialog>
  )
}

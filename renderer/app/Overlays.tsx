import { HelpSheet } from './HelpSheet.tsx'
import { Palette } from './Palette.tsx'
import { WhatsNew } from '../features/guide/WhatsNew.tsx'
import { PracticeDialog } from '../features/practice/PracticeDialog.tsx'
import { ActionDialogs } from '../features/request/ActionDialogs.tsx'
import { BulkDialog } from '../features/request/BulkDialog.tsx'
import { SetUp } from '../features/welcome/set-up/SetUp.tsx'

/** What may lie over a place; nothing of it is there at the start, so it is read once the queue stands, or when asked for. */
export default function Overlays() {
  return (
    <>
      <ActionDialogs />
      <BulkDialog />
      <Palette />
      <HelpSheet />
      <WhatsNew />
      <SetUp />
      <PracticeDialog />
    </>
  )
}

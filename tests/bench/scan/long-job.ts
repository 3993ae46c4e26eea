/** `node long-job.ts PAGES`: core and its workers scan one long job as fast as pages come; the bench watches their memory. */
import { start, withDesk } from './desk.ts'

await withDesk(Number(process.argv[2]), 0, async (desk, requestId) => {
  const { jobId } = await start(desk, requestId)
  await desk.core.jobs.settled(jobId)
  await desk.running.pagesSeen()
})

import '../../../../electron/contract/strict-policy.ts'
import { start } from '../../../../renderer/app/start.tsx'
import { connectPorts } from '../../../../renderer/host.ts'
import { fakeCore, fakeMain, type FakeOptions } from '../fake-core.ts'

// The options of the fake come in the address, so that one page shows every state.
const options = JSON.parse(decodeURIComponent(location.hash.slice(1) || '{}')) as FakeOptions
connectPorts({ core: fakeCore(options).port(), main: fakeMain(), blobs: '/blobs/' })
void start(document.getElementById('root')!)

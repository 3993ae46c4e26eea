// Plays the part of Electron's own default app: `electron [-r file]... path [arguments]`.
// It requires the app synchronously, because privileged schemes and the sandbox must be set before `ready`.
const { app } = require('electron')
const Module = require('module')
const path = require('path')
const fs = require('fs')

const preloads = []
let target
for (let i = 1; i < process.argv.length; i++) {
  const argument = process.argv[i]
  if (argument === '-r' || argument === '--require') preloads.push(process.argv[++i])
  else if (argument.startsWith('-')) continue
  else {
    target = argument
    break
  }
}
if (!target) {
  console.error('electron: no app given')
  process.exit(1)
}

const folder = path.resolve(target)
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
app.setName(manifest.productName || manifest.name)
app.setVersion(manifest.version)
app.setAppPath(folder)
process.defaultApp = true

for (const file of preloads) require(path.resolve(file))
Module._load(path.join(folder, manifest.main), module, true)

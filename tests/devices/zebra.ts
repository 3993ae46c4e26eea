/**
 * Debian's Zebra with its SRU front end, loaded with MARC records of the test: a catalogue as libraries run it. It listens
 * on a socket file; a relay gives it a free port, so that no port has to be guessed.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { toCollection, type WrittenRecord } from '../support/marc.ts'
import { run, startDaemon, until, type Daemon } from './programs.ts'

export const ZEBRA_PROGRAMS = ['zebraidx', 'zebrasrv']

/** Which fields are searched under which name; Chinese is parted by ICU. */
const INDEXING = `<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:z="http://indexdata.com/zebra-2.0" xmlns:m="http://www.loc.gov/MARC21/slim">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:template match="text()"/>
  <xsl:template match="m:record">
    <z:record z:id="{m:controlfield[@tag='001']}"><xsl:apply-templates/></z:record>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='245' or @tag='200' or @tag='246']">
    <z:index name="Title:w Any:w"><xsl:for-each select="m:subfield[@code!='c' and @code!='f']"><xsl:value-of select="."/><xsl:text> </xsl:text></xsl:for-each></z:index>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='100' or @tag='700' or @tag='701']">
    <z:index name="Author:w Any:w"><xsl:value-of select="m:subfield[@code='a']"/></z:index>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='020' or @tag='010']">
    <z:index name="ISBN:w"><xsl:value-of select="translate(m:subfield[@code='a'], '-', '')"/></z:index>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='260' or @tag='264' or @tag='210']">
    <z:index name="Date-of-publication:w"><xsl:value-of select="m:subfield[@code='c' or @code='d'][last()]"/></z:index>
  </xsl:template>
</xsl:stylesheet>`
const AS_IT_IS = `<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="xml" encoding="UTF-8"/>
<xsl:template match="/"><xsl:copy-of select="."/></xsl:template></xsl:stylesheet>`
const DOM = `<dom xmlns="http://indexdata.com/zebra-2.0"><extract name="index"><xslt stylesheet="index.xsl"/></extract>
<retrieve name="marcxml"><xslt stylesheet="identity.xsl"/></retrieve><retrieve name="F"><xslt stylesheet="identity.xsl"/></retrieve>
<input syntax="xml"><xmlreader level="1"/></input></dom>`
const CONFIG = `profilePath:.:/usr/share/idzebra-2.0/tab
modulePath:/usr/lib/x86_64-linux-gnu/idzebra-2.0/modules:/usr/lib/aarch64-linux-gnu/idzebra-2.0/modules:/usr/lib/idzebra-2.0/modules
attset:bib1.att
recordType:dom.dom.xml
storeKeys:1
storeData:1
register:register:1G
shadow:
`
const INDEX_TYPES = `index w
completeness 0
position 1
alwaysmatches 1
firstinfield 1
icuchain words.xml
sort s
completeness 1
icuchain words.xml
`
const WORDS = `<icu_chain locale="zh"><transform rule="[:Control:] Any-Remove"/><tokenize rule="w"/>
<transform rule="[[:WhiteSpace:][:Punctuation:]] Remove"/><transliterate rule="xx > xx;"/><display/><casemap rule="l"/></icu_chain>`
const CQL = `set.cql = info:srw/cql-context-set/1/cql-v1.1
set.dc = info:srw/cql-context-set/1/dc-v1.1
set.bath = http://zing.z3950.org/cql/bath/2.0/
set = info:srw/cql-context-set/1/dc-v1.1
index.cql.serverChoice = 1=Any
index.dc.title = 1=Title
index.dc.creator = 1=Author
index.dc.date = 1=Date-of-publication
index.bath.isbn = 1=ISBN
relation.eq = 2=3
relation.scr = 2=3
relation.all = 2=3 4=6
relationModifier.relevant = 2=102
structure.* = 4=1
position.any = 3=3 6=1
truncation.none = 5=100
`
const SERVER = (socket: string) => `<yazgfs><listen id="one">unix:${socket}</listen><server id="main" listenref="one">
<directory>.</directory><config>zebra.cfg</config><cql2rpn>cql.properties</cql2rpn>
<retrievalinfo><retrieval syntax="xml" name="marcxml"/><retrieval syntax="usmarc" name="F"><backend syntax="xml" name="marcxml"><marc inputformat="xml" outputformat="marc" inputcharset="utf-8" outputcharset="utf-8"/></backend></retrieval></retrievalinfo>
<explain xmlns="http://explain.z3950.org/dtd/2.0/"><serverInfo><host>localhost</host><port>1</port><database>Default</database></serverInfo>
<databaseInfo><title lang="zh">试验馆藏目录</title></databaseInfo>
<indexInfo><set identifier="info:srw/cql-context-set/1/dc-v1.1" name="dc"/>
<index><map><name set="dc">title</name></map></index><index><map><name set="dc">creator</name></map></index>
<index><map><name set="dc">date</name></map></index><index><map><name set="bath">isbn</name></map></index></indexInfo>
<schemaInfo><schema identifier="info:srw/schema/1/marcxml-v1.1" name="marcxml" retrieve="true"><title>MARCXML</title></schema></schemaInfo></explain>
</server></yazgfs>`

export interface ZebraServer {
  /** `http://127.0.0.1:<port>/Default` */
  url: string
  port: number
  stop(): Promise<void>
  /** Takes the server away; the address stays. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
}

/** @param folder empty, for its files and its index */
export async function startZebra(folder: string, records: readonly WrittenRecord[]): Promise<ZebraServer> {
  mkdirSync(join(folder, 'register'), { recursive: true })
  const socket = join(folder, 'z.sock')
  const files = { 'index.xsl': INDEXING, 'identity.xsl': AS_IT_IS, 'dom.xml': DOM, 'zebra.cfg': CONFIG.replace('shadow:\n', ''), 'default.idx': INDEX_TYPES, 'words.xml': WORDS, 'cql.properties': CQL, 'server.xml': SERVER(socket), 'records.xml': toCollection(records) } // prettier-ignore
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  for (const args of [['init'], ['update', 'records.xml'], ['commit']]) {
    const { code, stderr, stdout } = await run('zebraidx', ['-c', join(folder, 'zebra.cfg'), ...args], {}, folder)
    if (code !== 0) throw new Error(`zebraidx ${args.join(' ')}: ${stderr}${stdout}`)
  }
  let daemon: Daemon | undefined
  const comeBack = async () => {
    daemon = startDaemon('zebrasrv', ['-f', 'server.xml'], { cwd: folder })
    const running = daemon
    await until('zebrasrv to listen', () => reaches(socket)).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${running.log()}`)
    })
  }
  await comeBack()
  const { server, port } = await relayTo(socket)
  return {
    url: `http://127.0.0.1:${port}/Default`,
    port,
    comeBack,
    goAway: () => daemon!.stop(),
    stop: async () => {
      await daemon!.stop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const reaches = (socket: string) =>
  new Promise<boolean>((resolve) => {
    const client = connect(socket, () => {
      client.destroy()
      resolve(true)
    })
    client.once('error', () => resolve(false))
  })

async function relayTo(socket: string): Promise<{ server: Server; port: number }> {
  const open = new Set<Socket>()
  const server = createServer((from) => {
    const to = connect(socket)
    for (const [one, other] of [[from, to], [to, from]] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.end()
      })
    }
    from.pipe(to)
    to.pipe(from)
  }) // prettier-ignore
  const close = server.close.bind(server)
  server.close = (done) => {
    for (const one of open) one.destroy()
    return close(done)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

// A whole Bluesky on this machine: Bluesky's own PLC, PDS and (MODE=full) AppView, bsync and Ozone, with stand-ins for chat
// and Jetstream, in one process. Writes READY_FILE (JSON: all addresses and names) when everything answers.
//
// Environment: MODE fast|full, PORTS (seven numbers: plc, pds, chat, jetstream, bsky, ozone, introspect), READY_FILE,
// for full also DB_POSTGRES_URL and REDIS_HOST; RATE_LIMITS=1 switches on the PDS's real limits.
import './loopback.mjs'
import './without-trgm.mjs'
import fs from 'node:fs'
import { TestNetwork, TestNetworkNoAppView, mockMailer } from '@atproto/dev-env'
import { startChat } from './chat.mjs'
import { startJetstream } from './jetstream.mjs'

const full = process.env.MODE === 'full'
const [plc, pds, chat, jetstream, bsky, ozone, introspect] = process.env.PORTS.split(',').map(Number)

const common = {
  plc: { port: plc },
  pds: {
    port: pds,
    hostname: 'localhost',
    enableDidDocWithSession: true,
    rateLimitsEnabled: process.env.RATE_LIMITS === '1',
  },
}
const network = full
  ? await TestNetwork.create({
      ...common,
      dbPostgresUrl: process.env.DB_POSTGRES_URL,
      dbPostgresSchema: 'bsky',
      bsky: { port: bsky, publicUrl: `http://localhost:${bsky}` },
      ozone: { port: ozone },
      introspect: { port: introspect },
    })
  : await TestNetworkNoAppView.create(common)
mockMailer(network.pds)

const urls = { plcUrl: network.plc.url, pdsUrl: network.pds.url }
const chatService = await startChat({ port: chat, ...urls })
const stream = await startJetstream({ port: jetstream, ...urls, oldest: Number(process.env.OLDEST_CURSOR || 0) })

const ready = {
  pid: process.pid,
  plc: network.plc.url,
  pds: network.pds.url,
  chat_did: chatService.did,
  jetstream: `ws://localhost:${jetstream}`,
  appview: full ? network.bsky.url : '',
}
fs.writeFileSync(`${process.env.READY_FILE}.new`, JSON.stringify(ready))
fs.renameSync(`${process.env.READY_FILE}.new`, process.env.READY_FILE)

const stop = async () => {
  chatService.close()
  await stream.close().catch(console.error)
  await network.close().catch(console.error)
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

// Stand-in for Jetstream v2 (network.bsky.jetstream.subscribeEvents) on top of the local PDS's firehose.
// Sequence numbers are its own and start at 1. Not here: zstd, #sync, archive.
import http from 'node:http'
import { WebSocketServer } from 'ws'
import { IdResolver } from '@atproto/identity'
import { lexToJson } from '@atproto/lex-json'
import { Firehose, MemoryRunner } from '@atproto/sync'

const NAME = 'network.bsky.jetstream.subscribeEvents'

export async function startJetstream({ port, pdsUrl, plcUrl, oldest = 0 }) {
  const log = [] // { kind, did, collection, payload }
  const pumps = new Set()

  const push = (event, kind, more) => {
    const payload = { $type: `${NAME}#${kind}`, seq: log.length + 1, did: event.did, time: new Date().toISOString(), ...more }
    log.push({ kind, did: event.did, collection: event.collection, payload })
    for (const pump of pumps) pump()
  }
  const firehose = new Firehose({
    idResolver: new IdResolver({ plcUrl, fetch: globalThis.fetch }),
    runner: new MemoryRunner({ startCursor: 0 }),
    service: pdsUrl.replace(/^http/, 'ws'),
    unauthenticatedHandles: true,
    unauthenticatedCommits: true,
    onError: (error) => console.error('firehose', error?.message, error?.cause?.message),
    handleEvent: async (event) => {
      const { did, seq, time } = event
      if (event.event === 'identity') push(event, 'identity', { identity: { did, handle: event.handle, seq, time } })
      else if (event.event === 'account')
        push(event, 'account', { account: { active: event.active, status: event.status, did, seq, time } })
      else if (event.event !== 'sync') {
        const { rev, event: operation, collection, rkey } = event
        const content = operation === 'delete' ? {} : { record: lexToJson(event.record), cid: event.cid.toString() }
        push(event, 'commit', { rev, operation, collection, rkey, ...content })
      }
    },
  })
  void firehose.start()

  const server = http.createServer((_, answer) => {
    answer.statusCode = 404
    answer.end('{"error":"MethodNotImplemented"}')
  })
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('xrpc.v1.json') ? 'xrpc.v1.json' : false),
  })
  const refuse = (socket, error, message) => {
    const body = JSON.stringify({ error, message })
    const head = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`
    socket.end(`HTTP/1.1 400 Bad Request\r\n${head}\r\n\r\n${body}`)
  }
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url, 'http://localhost')
    const query = url.searchParams
    if (url.pathname !== `/xrpc/${NAME}`) return socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    if (query.has('wantedCollections')) return refuse(socket, 'InvalidRequest', 'use collections')
    if (query.has('zstdDictionary')) return refuse(socket, 'UnknownZstdDictionary', 'none')
    const cursor = query.get('cursor') ? Number(query.get('cursor')) : null
    if (cursor !== null && cursor < oldest) return refuse(socket, 'CursorTooOld', 'cursor is older than the archive')
    if (cursor !== null && cursor > log.length + 1) return refuse(socket, 'FutureCursor', 'cursor is in the future')
    const collections = query.getAll('collections')
    const kinds = query.getAll('kinds')
    const dids = query.getAll('dids')
    const wanted = (entry) =>
      (!kinds.length || kinds.includes(entry.kind)) &&
      (!dids.length || dids.includes(entry.did)) &&
      (entry.kind !== 'commit' || !collections.length || collections.includes(entry.collection))
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      let position = cursor === null ? log.length : Math.max(0, cursor - 1) // the cursor is inclusive
      const pump = () => {
        while (position < log.length && websocket.readyState === 1) {
          const entry = log[position++]
          if (wanted(entry)) websocket.send(JSON.stringify({ $type: 'message', payload: entry.payload }))
        }
      }
      pumps.add(pump)
      websocket.on('close', () => pumps.delete(pump))
      pump()
    })
  })
  await new Promise((done) => server.listen(port, done))
  return {
    close: async () => {
      await firehose.destroy()
      server.close()
    },
  }
}

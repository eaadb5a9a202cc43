// Imported first: every server of this process listens on this machine only, whatever its own code asks for.
import net from 'node:net'

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (...args) {
  const callback = args.findLast((arg) => typeof arg === 'function')
  const first = args[0]
  const asked = first !== null && typeof first === 'object' ? first : { port: Number(first) || 0 }
  if (asked.path || asked.fd !== undefined) return listen.apply(this, args)
  return listen.call(this, { ...asked, host: '127.0.0.1' }, ...(callback ? [callback] : []))
}

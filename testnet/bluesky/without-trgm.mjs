// The embedded PostgreSQL has no pg_trgm, which the AppView only needs to find people by similar names: leave that out.
import pg from 'pg'

const query = pg.Client.prototype.query
pg.Client.prototype.query = function (first, ...rest) {
  const text = typeof first === 'string' ? first : first?.text || ''
  const needsTrgm = /create extension.*pg_trgm|gist_trgm_ops/is.test(text)
  return needsTrgm ? query.call(this, 'select 1', ...rest.filter((one) => typeof one === 'function')) : query.call(this, first, ...rest)
}

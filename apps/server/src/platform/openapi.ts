import swagger from '@fastify/swagger'
import type { Endpoint } from '@tongxin/contract'
import type { FastifyInstance, FastifySchema } from 'fastify'

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'fields', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'module.reason; docs/errors.md lists them' },
    detail: { type: 'object' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, detail: { type: 'object' } },
      },
    },
    requestId: { type: 'string' },
  },
}

/** OpenAPI 3.1 of everything that is mounted, at `/api/openapi.json` for signed-in people. Register before routes. */
export async function mountOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tongxin API',
        version: '1',
        description: 'Errors are problem+json (RFC 9457) with a stable code.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-sid' } } },
    },
    transform: ({ schema, url, route }) => ({
      schema: documented(schema as FastifySchema, route.config as { endpoint?: Endpoint } | undefined),
      url,
    }),
  })
}

function documented(
  schema: FastifySchema & { summary?: string },
  config: { endpoint?: Endpoint } | undefined,
): FastifySchema {
  const endpoint = config?.endpoint
  if (!endpoint?.reply) return { ...schema, hide: true } as FastifySchema
  const open = endpoint.permission === 'public'
  return {
    ...schema,
    operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[^a-zA-Z]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
    security: open ? [] : [{ session: [] }],
    description: open ? 'Public.' : `Permission: ${endpoint.permission}.`,
    response: {
      200: doneOf(endpoint),
      default: { description: 'Refused', content: { 'application/problem+json': { schema: PROBLEM } } },
    },
  } as FastifySchema
}

function doneOf(endpoint: Endpoint): object {
  if (!endpoint.download) return { description: 'Done', ...(endpoint.reply as object) }
  return { description: 'The file', content: { [endpoint.download]: { schema: { type: 'string', format: 'binary' } } } }
}

import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { FastifyInstance, FastifySchema } from 'fastify'

const strict = {
  removeAdditional: false,
  useDefaults: false,
  allErrors: true,
  allowUnionTypes: true,
  strict: false,
  discriminator: true,
} as const

/**
 * Bodies are taken exactly as they are; query strings and paths are text by nature, so there numbers and booleans
 * are read from it. Unknown members are refused everywhere, never dropped (mass assignment).
 */
export function useValidators(app: FastifyInstance): void {
  const exact = withFormats(new Ajv({ ...strict, coerceTypes: false }))
  const textual = withFormats(new Ajv({ ...strict, coerceTypes: 'array' }))
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? exact : textual).compile(schema as FastifySchema),
  )
}

function withFormats(ajv: Ajv): Ajv {
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  return ajv
}

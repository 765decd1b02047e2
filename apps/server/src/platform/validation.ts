import { Ajv, type AnySchema, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

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
  const { exact, textual } = (shared ??= validators())
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? exact : textual
    return compiledAtFirstUse(() => ajv.compile(schema as AnySchema)) as ReturnType<FastifySchemaCompiler<unknown>>
  })
}

/** Ajv remembers what it has compiled: a second server in the same process, as in tests, compiles nothing again. */
let shared: ReturnType<typeof validators> | undefined

/** The two ways to read input; a test compiles every schema with them. */
export function validators(): { exact: Ajv; textual: Ajv } {
  return {
    exact: withFormats(new Ajv({ ...strict, coerceTypes: false })),
    textual: withFormats(new Ajv({ ...strict, coerceTypes: 'array' })),
  }
}

type Validate = { (value: unknown): boolean; errors?: ValidateFunction['errors'] }

/** Compiling hundreds of schemas took a third of every start; most of them are not asked for in the first minutes. */
function compiledAtFirstUse(compile: () => ValidateFunction): Validate {
  let compiled: ValidateFunction | undefined
  const validate: Validate = (value) => {
    compiled ??= compile()
    const isRight = compiled(value) as boolean
    validate.errors = compiled.errors
    return isRight
  }
  return validate
}

function withFormats(ajv: Ajv): Ajv {
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  return ajv
}

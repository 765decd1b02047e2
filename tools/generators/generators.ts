import { withClient } from '../../apps/server/src/platform/database-roles.ts'
import { dbTypes } from './db-types.ts'
import { errorsPage } from './errors-page.ts'
import { openApiText } from './openapi-text.ts'
import { schemaText } from './schema-text.ts'

/** A migrated database and a folder, both for this run only. */
export type Source = { readonly ownerUrl: string; readonly appUrl: string; readonly dataDir: string }
export type Generator = { readonly file: string; readonly make: (source: Source) => Promise<string> }

/** Every generated file that is committed. */
export const GENERATORS: readonly Generator[] = [
  { file: 'apps/server/db/schema.sql', make: ({ ownerUrl }) => withClient(ownerUrl, schemaText) },
  { file: 'apps/server/src/platform/db-types.ts', make: ({ ownerUrl }) => dbTypes(ownerUrl) },
  { file: 'openapi.json', make: openApiText },
  { file: 'docs/errors.md', make: errorsPage },
]

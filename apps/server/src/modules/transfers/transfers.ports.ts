import type { Ctx, Tx } from '../../platform/ctx.ts'

/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */
export type TransferPorts = {
  /**
   * The case of somebody on the way to membership goes along to the new branch, with the time counted (DEV-30).
   * Absent while no module holds such cases.
   */
  readonly moveCase?: (
    ctx: Ctx<Tx>,
    personId: string,
    to: { readonly id: string; readonly path: string },
  ) => Promise<void>
}

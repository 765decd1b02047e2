import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** What journeys of one run share, gone after it. */
    sharedFolder: string
  }
}

export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-journeys-'))
  chmodSync(folder, 0o711)
  project.provide('sharedFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

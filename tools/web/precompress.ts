import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|svg|json|webmanifest)$/
const SMALLEST_WORTH_IT = 1024

/** Writes `.br` and `.gz` beside every text file of the build, for a server that sends them as they are. */
export function precompress(): Plugin {
  let folder = ''
  let isWritten = true
  return {
    name: 'tongxin-precompress',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir)
      isWritten = config.build.write !== false
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      // A build that is only looked at leaves alone what lies in the folder.
      handler: async () => {
        if (isWritten) await precompressFolder(folder)
      },
    },
  }
}

/** Compresses the text files below `folder`, each once per encoding. */
export async function precompressFolder(folder: string): Promise<void> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const file of found) {
    if (!file.isFile() || !TEXT.test(file.name)) continue
    const path = join(file.parentPath, file.name)
    const content = await readFile(path)
    if (content.length < SMALLEST_WORTH_IT) continue
    const brotli = promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } })
    await Promise.all([
      brotli.then((packed) => writeFile(`${path}.br`, packed)),
      promisify(gzip)(content, { level: 9 }).then((packed) => writeFile(`${path}.gz`, packed)),
    ])
  }
}

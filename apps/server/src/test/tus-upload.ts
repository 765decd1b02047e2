import type { Client, Fixture } from './fixture.ts'

const encoded = (text: string) => Buffer.from(text).toString('base64')

/** Uploads bytes as a browser does (tus 1.0), in one piece; the server of the fixture must listen. @returns the file's id */
export async function uploadTo(
  f: Fixture,
  client: Client,
  bytes: Uint8Array,
  { name, purpose }: { name: string; purpose: string },
): Promise<string> {
  const at = `${f.app.http.listeningOrigin}/api/v1/files`
  const tus = { cookie: client.cookie, 'tus-resumable': '1.0.0' }
  const created = await fetch(at, {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${encoded(name)},purpose ${encoded(purpose)}`,
    },
  })
  const id = created.headers.get('location')?.split('/').at(-1) ?? ''
  await fetch(`${at}/${id}`, {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  return id
}

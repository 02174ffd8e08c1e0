/** Reads a request's body as platforms take it: JSON, or a form with `payload_json` and files. */
import type { IncomingMessage } from 'node:http';

export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
}

/** `files[n]` becomes `files[n]` of the result; the body of an empty request is undefined. */
// biome-ignore lint/suspicious/noExplicitAny: bodies as they came
export async function readBody(request: IncomingMessage): Promise<{ body: any; files: UploadedFile[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    return { body: bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined, files: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  for (const [key, value] of form) {
    const at = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (at === undefined || typeof value === 'string') continue;
    files[Number(at)] = { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  return { body: JSON.parse(String(form.get('payload_json'))), files };
}

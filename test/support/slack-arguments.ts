/** What a Web API request carries: its body, its arguments, the file within it. */
import type { IncomingMessage } from 'node:http';

export async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

/** The arguments of a Web API call; JSON within a form field is read where it is JSON. */
export function parseArguments(body: Uint8Array, contentType: string): Record<string, unknown> {
  const text = new TextDecoder().decode(body);
  if (contentType.includes('json')) return JSON.parse(text) as Record<string, unknown>;
  const jsonFields = new Set(['blocks', 'files', 'attachments', 'metadata']);
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([key, value]) => [
      key,
      jsonFields.has(key) ? JSON.parse(value) : value,
    ]),
  );
}

/** The file of a form, or the body itself. */
export async function uploadedBytes(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<Uint8Array> {
  if (!contentType.startsWith('multipart/')) return body;
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  const file = [...form.values()].find(value => value instanceof File);
  return file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
}

import { type Html, html, trusted } from "./html.ts";
import { style } from "./style.ts";

/** A whole file around the content. Nothing may be loaded and nothing may run, whatever got into the content. */
export function documentOf(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body><main>${content}</main></body>
</html>
`.markup;
}

/** The one thing of WebAssembly that is used and that Node's types do not declare: memory that begins at a page. */
declare const WebAssembly: { Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer } };

const vscode = require('vscode');

/** `npm start` names the sample's correlation ID, so that the timeline is open when VS Code is. */
exports.activate = async () => {
  const id = process.env.THROUGHLINE_SAMPLE_ID;
  if (id) await vscode.commands.executeCommand('throughline.traceCorrelationId', id);
};

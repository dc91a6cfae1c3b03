"""An analyst's own workspace: documents read, what was proposed from them, what people made of it.

What happened stands in the ledger (`evidence.ledger`) and nowhere else; everything here is derived from it and can be
made again. Weighing what was accepted is `tallystick.reconcile`, and a study reads a workspace's evidence as it reads
any programme's.
"""

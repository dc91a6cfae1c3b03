"""The cited account: estimates and findings turned into sentences, charts and pages that carry their citations."""

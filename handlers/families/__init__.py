"""What families read of their child: facts and sentences in their language, in mails and pages."""

"""A corpus against the numbered texts of its sources: is each statement there, and is each paragraph, number and year taken up?"""
